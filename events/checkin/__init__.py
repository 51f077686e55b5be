"""Gates, devices, scans."""

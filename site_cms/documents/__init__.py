"""Documents for download: what may be uploaded, who may open what, where it is served."""

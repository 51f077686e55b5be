"""What other sites show of ours: structured data, the picture of a shared link, the feed of news."""

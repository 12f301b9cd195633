"""The real yt-dlp against a local fake of YouTube."""

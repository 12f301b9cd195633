"""Videos on YouTube, fetched by yt-dlp."""

"""Speech recognition in this process: CTranslate2 on the processor."""

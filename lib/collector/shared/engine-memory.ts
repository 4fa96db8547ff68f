/**
 * The least memory that DuckDB needs, in megabytes. It reads and checkpoints 2048 rows at once with all their texts, up to
 * 64 KiB of each message (lib/wire/decode): with less, long rows would make every commit fail.
 */
export const MIN_ENGINE_MEMORY_MB = 512;

-- Appends to a list; returns its length.
return redis.call("RPUSH", KEYS[1], ARGV[1])

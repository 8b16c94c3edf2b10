-- Says whether a channel is open. Returns 1, or 0 for one that ended or that nobody knows.
local meta = KEYS[1] -- hash, of the channel

return redis.call("HGET", meta, "state") == "open" and 1 or 0

-- Takes one of a subject's tokens, which come back at a steady rate up to a burst. Returns 1, or 0 if there is none.
local bucket = KEYS[1] -- hash
local per_minute, burst = tonumber(ARGV[1]), tonumber(ARGV[2]) -- tokens
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local had = redis.call("HMGET", bucket, "tokens", "at")
local tokens, at = tonumber(had[1] or burst), tonumber(had[2] or now)
tokens = math.min(burst, tokens + math.max(0, now - at) * per_minute / 60000)
local taken = tokens >= 1 and 1 or 0
redis.call("HSET", bucket, "tokens", tokens - taken, "at", now)
redis.call("PEXPIRE", bucket, math.ceil(burst * 60000 / per_minute))
return taken

-- Takes a token from a bucket that fills itself. Returns 1, or 0 when there is none.
local bucket = KEYS[1] -- hash: tokens, at (microseconds)
local rate = tonumber(ARGV[1]) -- tokens a second
local burst = tonumber(ARGV[2]) -- tokens it holds

local time = redis.call("TIME")
local now = time[1] * 1000000 + time[2]
local last = redis.call("HMGET", bucket, "tokens", "at")
local tokens = burst
if last[1] then
  local passed = math.max(0, now - tonumber(last[2]))
  tokens = math.min(burst, tonumber(last[1]) + passed * rate / 1000000)
end
local taken = tokens >= 1 and 1 or 0
redis.call("HSET", bucket, "tokens", string.format("%.6f", tokens - taken), "at", string.format("%.0f", now))
redis.call("EXPIRE", bucket, math.ceil(burst / rate) + 1)
return taken

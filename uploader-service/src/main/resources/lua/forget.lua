-- Forgets the uploads of a channel that is not open. Returns how many there were; -1 when it is open.
local meta = KEYS[1] -- hash, of the channel
local uploads = KEYS[2] -- hash

if redis.call("HGET", meta, "state") == "open" then
  return -1
end
local count = redis.call("HLEN", uploads)
redis.call("DEL", uploads)
return count

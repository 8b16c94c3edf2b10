-- Makes sure that a channel has its record; returns its state, "open" or "ended".
local meta, messages, presence = KEYS[1], KEYS[2], KEYS[3]
local user, peer = ARGV[1], ARGV[2]
local expires_at = tonumber(ARGV[3]) -- seconds since the epoch, of the channel's tokens

local state = redis.call('HGET', meta, 'state')
if state then
  return state
end
redis.call('DEL', messages, presence) -- what an older record of it left behind
redis.call('HSET', meta, 'state', 'open', 'members', user .. ',' .. peer, 'head', '0', 'time', '0')
redis.call('EXPIREAT', meta, expires_at + 3600)
return 'open'

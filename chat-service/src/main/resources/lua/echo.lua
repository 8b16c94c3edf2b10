-- Finds the message that a sender's key stored; returns {position, time, tail}, or {} once it is no longer kept.
local messages = KEYS[1]
local user, ending = ARGV[1], ARGV[2] -- ending: how the tail of that message ends
local most = ARGV[3]

for _, entry in ipairs(redis.call('XREVRANGE', messages, '+', '-', 'COUNT', most)) do
  local time, author, tail = entry[2][2], entry[2][4], entry[2][6]
  if author == user and string.sub(tail, -#ending) == ending then
    return { string.match(entry[1], '^%d+'), time, tail }
  end
end
return {}

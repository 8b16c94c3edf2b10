-- Takes a connection's lease away; publishes "offline" when it was its user's last.
local presence, topic = KEYS[1], KEYS[2]
local user, entry = ARGV[1], ARGV[2]

if redis.call('ZREM', presence, entry) == 0 then
  return 0
end
for _, other in ipairs(redis.call('ZRANGE', presence, 0, -1)) do
  if string.match(other, '^%d+') == user then
    return 1
  end
end
redis.call('SPUBLISH', topic, 'p ' .. user .. ' offline')
return 1

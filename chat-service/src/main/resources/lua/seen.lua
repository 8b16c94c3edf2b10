-- Raises a member's mark of what it has seen and publishes what is newly seen; returns "seen", "unknown", "ended" or "missing".
local meta, messages, topic = KEYS[1], KEYS[2], KEYS[3]
local user, peer = ARGV[1], ARGV[2]
local upto = tonumber(ARGV[3]) -- a position

local known = redis.call('HMGET', meta, 'state', 'head', 'seen:' .. user)
local mark = tonumber(known[3] or 0)
if not known[1] then
  return 'missing'
elseif known[1] ~= 'open' then
  return 'ended'
elseif upto < 1 or upto > tonumber(known[2]) then
  return 'unknown'
elseif upto <= mark then
  return 'seen'
end
local newest_first = redis.call('XREVRANGE', messages, upto .. '-0', (mark + 1) .. '-0', 'COUNT', 200)
local ids = {}
for _, entry in ipairs(newest_first) do
  if entry[2][4] == peer and #ids < 50 then
    table.insert(ids, 1, string.match(entry[1], '^%d+'))
  end
end

redis.call('HSET', meta, 'seen:' .. user, string.format('%.0f', upto))
if #ids > 0 then
  redis.call('SPUBLISH', topic, 's ' .. peer .. ' ' .. table.concat(ids, ','))
end
return 'seen'

-- Stores a message and publishes it; returns {"stored"}, {"repeat"}, {"ended"}, {"missing"} or {"crowded"}.
local meta, messages, topic = KEYS[1], KEYS[2], KEYS[3]
local user, client = ARGV[1], ARGV[2] -- client: whose counter the key is of
local counter = tonumber(ARGV[3]) -- goes up by one with each message of a client
local tail = ARGV[4] -- the frame from "event" to its end
local most, ttl = ARGV[5], ARGV[6] -- messages kept; seconds
local most_clients = tonumber(ARGV[7]) -- client ids per member

local counter_field, clients_field = 'key:' .. user .. ':' .. client, 'clients:' .. user
local known = redis.call('HMGET', meta, 'state', 'head', 'time', 'refreshed', counter_field)
if not known[1] then
  return { 'missing' }
elseif known[1] ~= 'open' then
  return { 'ended' }
elseif known[5] and counter <= tonumber(known[5]) then
  return { 'repeat' }
end
if not known[5] and tonumber(redis.call('HGET', meta, clients_field) or 0) >= most_clients then
  return { 'crowded' }
end
local clock = redis.call('TIME')
local now = math.max(clock[1] * 1000 + math.floor(clock[2] / 1000), tonumber(known[3]))
local position = string.format('%.0f', tonumber(known[2]) + 1)
local time = string.format('%.0f', now)

redis.call('XADD', messages, 'MAXLEN', '~', most, position .. '-0', 't', time, 'u', user, 'd', tail)
redis.call('HSET', meta, 'head', position, 'time', time, counter_field, counter)
if not known[5] then
  redis.call('HINCRBY', meta, clients_field, 1)
end
if now - tonumber(known[4] or 0) > 60000 then
  redis.call('EXPIRE', messages, ttl)
  redis.call('HSET', meta, 'refreshed', time)
end
redis.call('SPUBLISH', topic, 'm ' .. position .. ' ' .. time ..
  ' {"message_id":"' .. position .. '","time":' .. time .. ',"seen":false,' .. tail)
return { 'stored' }

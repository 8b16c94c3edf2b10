-- Reads a channel for one member: its state and the messages after a position; changes nothing.
-- Returns {state, head, head's time, same history?, own mark, peer's mark, online, newly seen, entries…};
-- an entry is position, time, author, tail. "online" and "newly seen" are comma-separated.
local meta, messages, presence = KEYS[1], KEYS[2], KEYS[3]
local user, peer = ARGV[1], ARGV[2]
local after = tonumber(ARGV[3]) -- a position, inclusive: it shows whose history this is; empty: the head
local after_time = ARGV[4] -- of the message at that position; empty where not known
local count = tonumber(ARGV[5])
local told = tonumber(ARGV[6]) -- up to where this member knows what its peer has seen; empty: all

local known = redis.call('HMGET', meta, 'state', 'head', 'time', 'seen:' .. user, 'seen:' .. peer)
local head, time = tonumber(known[2] or 0), known[3] or '0'
local own_mark, peer_mark = tonumber(known[4] or 0), tonumber(known[5] or 0)
after = after or head

local same, entries = 1, {}
if after == head then
  if after > 0 and after_time ~= '' and after_time ~= time then
    same = 0
  end
elseif after > head then
  same = 0
else
  entries = redis.call('XRANGE', messages, string.format('%.0f-0', math.max(after, 1)), '+', 'COUNT', count + 1)
  local first = entries[1]
  if not first or tonumber(string.match(first[1], '^%d+')) ~= math.max(after, 1) then
    same = 0
  elseif after > 0 then
    if after_time ~= '' and first[2][2] ~= after_time then
      same = 0
    end
    table.remove(entries, 1)
  end
end
local online, seen_online = {}, {}
for _, entry in ipairs(redis.call('ZRANGE', presence, 0, -1)) do
  local who = string.match(entry, '^%d+')
  if not seen_online[who] then
    seen_online[who] = true
    table.insert(online, who)
  end
end
local newly = {}
if told and told < peer_mark then
  local range = redis.call('XREVRANGE', messages, peer_mark .. '-0', (told + 1) .. '-0', 'COUNT', 200)
  for _, entry in ipairs(range) do
    if entry[2][4] == user and #newly < 50 then
      table.insert(newly, 1, string.match(entry[1], '^%d+'))
    end
  end
end
local reply = { known[1] or 'missing', string.format('%.0f', head), time, same, own_mark, peer_mark,
  table.concat(online, ','), table.concat(newly, ',') }
if same == 1 then
  for _, entry in ipairs(entries) do
    table.insert(reply, string.match(entry[1], '^%d+'))
    table.insert(reply, entry[2][2])
    table.insert(reply, entry[2][4])
    table.insert(reply, entry[2][6])
  end
end
return reply

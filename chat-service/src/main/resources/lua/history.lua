-- Reads a page of a channel's messages, newest first; changes nothing.
-- Returns {state, own mark, peer's mark, entries…}; an entry is position, time, author, tail.
local meta, messages = KEYS[1], KEYS[2]
local user, peer = ARGV[1], ARGV[2]
local before = tonumber(ARGV[3]) -- a position, exclusive; empty: from the newest
local count, most = tonumber(ARGV[4]), tonumber(ARGV[5]) -- of this page; of the whole history

local known = redis.call('HMGET', meta, 'state', 'head', 'seen:' .. user, 'seen:' .. peer)
local head = tonumber(known[2] or 0)
local from = math.min(before and before - 1 or head, head)
local oldest = math.max(head - most + 1, 1)
local reply = { known[1] or 'missing', tonumber(known[3] or 0), tonumber(known[4] or 0) }
if from < oldest then
  return reply
end
local newest_first = redis.call('XREVRANGE', messages,
  string.format('%.0f-0', from), string.format('%.0f-0', oldest), 'COUNT', count)
for _, entry in ipairs(newest_first) do
  table.insert(reply, string.match(entry[1], '^%d+'))
  table.insert(reply, entry[2][2])
  table.insert(reply, entry[2][4])
  table.insert(reply, entry[2][6])
end
return reply

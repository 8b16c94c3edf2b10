-- Empties a user's inbox once the match of that channel has arrived there, or is over. Returns 1, or 0 if the inbox holds no such match.
local user, connection, channel = ARGV[3], ARGV[4], ARGV[5] -- texts
local leaves = ARGV[6] == "1" -- whether this connection needs no ticket any more
local keep_mark = tonumber(ARGV[7]) -- s: longer than any call of this connection is repeated

local match = redis.call("GET", inbox_of .. user)
local ticket = load(user)
if ticket.state == "matched" and ticket.connection == connection then
  if leaves then
    redis.call("HSET", ticket_of .. user, "state", "gone")
    redis.call("EXPIRE", ticket_of .. user, keep_mark)
  else
    redis.call("DEL", ticket_of .. user)
  end
end
if match and string.match(match, "^%d+") == channel then
  if leaves and ticket.state ~= "absent" then
    redis.call("HSET", ticket_of .. user, "match", match, "delivered", now)
  end
  redis.call("DEL", inbox_of .. user)
  return 1
end
return 0

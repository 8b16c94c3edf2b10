-- Removes the tickets of users whose lease has ended, and what the line and the interests that they were met by still say about users who
-- are not in the line. Returns how many tickets it removed.
local removed = 0
for i = 3, #ARGV, 2 do
  local ticket, met_by = load(ARGV[i]), ARGV[i + 1] -- the latter's own tags may be gone with it
  local in_line = ticket.state == "waiting"
  if not in_line or not ticket.live then
    for tag in string.gmatch(met_by, "[^,]+") do redis.call("ZREM", interest_of .. tag, ticket.user) end
    redis.call("ZREM", tickets, ticket.user)
  end
  if in_line and not ticket.live then
    unlist(ticket, "gone")
    redis.call("DEL", ticket_of .. ticket.user)
    removed = removed + 1
  end
end
return removed

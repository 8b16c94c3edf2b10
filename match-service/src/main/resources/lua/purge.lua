-- Removes the tickets of users whose lease has ended, and what the line and some indexes still say about users who are not in the line.
-- Returns how many tickets it removed.
local removed = 0
for i = 4, #ARGV do
  local ticket = load(ARGV[i])
  local in_line = ticket.state == "waiting"
  if not in_line or not ticket.live then
    for tag in string.gmatch(ARGV[3], "[^,]+") do -- of those who met them: their own may be gone with the ticket
      redis.call("ZREM", interest_of .. tag, ticket.user)
    end
    redis.call("ZREM", tickets, ticket.user)
  end
  if in_line and not ticket.live then
    unlist(ticket, "gone")
    redis.call("DEL", ticket_of .. ticket.user)
    removed = removed + 1
  end
end
return removed

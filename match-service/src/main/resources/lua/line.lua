-- What the scripts of the pool do to a ticket: its entries in the line and in the interest indexes, and what its replica is told.

-- Puts a ticket into the line, at its place.
local function list(ticket)
  redis.call("HSET", ticket_of .. ticket.user, "state", "waiting")
  redis.call("HDEL", ticket_of .. ticket.user, "pairing", "cursor")
  redis.call("ZADD", tickets, ticket.place, ticket.user)
  redis.call("EXPIRE", tickets, keep)
  for tag in tags(ticket) do
    redis.call("ZADD", interest_of .. tag, ticket.place, ticket.user)
    redis.call("EXPIRE", interest_of .. tag, keep)
  end
end

-- Takes a ticket out of the line; it then has the given state.
local function unlist(ticket, state)
  redis.call("ZREM", tickets, ticket.user)
  for tag in tags(ticket) do redis.call("ZREM", interest_of .. tag, ticket.user) end
  redis.call("HSET", ticket_of .. ticket.user, "state", state)
end

-- Tells a ticket's replica what to look at.
local function tell(ticket, what)
  redis.call("SPUBLISH", topic_of .. ticket.replica, what .. " " .. ticket.user .. " " .. ticket.connection)
end

-- Another connection of its user has a ticket from now on: the one before is told, and what that one answered counts no more.
local function take_over(ticket, connection)
  if ticket.state ~= "absent" and ticket.state ~= "gone" and ticket.connection ~= connection then
    tell(ticket, "replaced")
    if ticket.pairing then redis.call("HDEL", pairing_of .. ticket.pairing, "accepted:" .. ticket.user) end
  end
end

const CHANNEL = 'randomchat.channel'
const INTERESTS = 'randomchat.interests'
const NAMED = 'randomchat.named'
const outboxOf = id => `randomchat.outbox.${id}`
const seenOf = id => `randomchat.seen.${id}`

/**
 * What a browser remembers. A tab has its channel in `own` (sessionStorage); `shared` (localStorage)
 * lets a new tab go on with the latest one.
 */
export class Session {
  #own
  #shared

  constructor (own = globalThis.sessionStorage, shared = globalThis.localStorage) {
    this.#own = own
    this.#shared = shared
  }

  /** {token, self, peer, id} or null; a new tab takes over what is shared. */
  channel () {
    const mine = read(this.#own, CHANNEL)
    const token = mine ?? read(this.#shared, CHANNEL)
    const channel = token && channelOf(token)
    if (!channel) return null
    if (!mine) write(this.#own, CHANNEL, token)
    return channel
  }

  /** The channel any tab of this browser talks in, without taking it over. */
  shared () {
    const token = read(this.#shared, CHANNEL)
    return token && channelOf(token)
  }

  enter (token) {
    write(this.#own, CHANNEL, token)
    write(this.#shared, CHANNEL, token)
  }

  forget ({ token, id }) {
    for (const store of [this.#own, this.#shared]) {
      if (read(store, CHANNEL) === token) write(store, CHANNEL, null)
    }
    write(this.#own, outboxOf(id), null)
    write(this.#own, seenOf(id), null)
  }

  outbox (id) {
    return {
      load: () => JSON.parse(read(this.#own, outboxOf(id)) ?? '[]'),
      save: entries => write(this.#own, outboxOf(id), entries.length > 0 ? JSON.stringify(entries) : null)
    }
  }

  seen (id) {
    return {
      load: () => Number(read(this.#own, seenOf(id))) || 0,
      save: mark => write(this.#own, seenOf(id), String(mark))
    }
  }

  /** Whether this browser chose a name once: the cookie that says so is not for scripts. */
  get named () { return read(this.#shared, NAMED) !== null }
  set named (yes) { write(this.#shared, NAMED, yes ? 'yes' : null) }

  get interests () { return read(this.#own, INTERESTS) ?? '' }
  set interests (text) { write(this.#own, INTERESTS, text || null) }
}

/** Decoded to show things, never to decide whether somebody may: that is the server's. */
export function channelOf (token) {
  try {
    const payload = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(payload), c => c.charCodeAt(0))
    const { sub, peer, channel_id: id } = JSON.parse(new TextDecoder().decode(bytes))
    return sub && id ? { token, self: String(sub), peer: String(peer ?? ''), id: String(id) } : null
  } catch {
    return null
  }
}

// A browser may forbid storage, or have no room: then a reload forgets, and all else works.
function read (store, name) {
  try {
    return store.getItem(name)
  } catch {
    return null
  }
}

function write (store, name, value) {
  try {
    if (value === null) store.removeItem(name)
    else store.setItem(name, value)
  } catch {
    // see above
  }
}

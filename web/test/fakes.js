/** A WebSocket whose other end is the test. */
export class FakeSocket {
  static made = []
  readyState = 0
  sent = []
  closedWith = null

  constructor (url) {
    this.url = url
    FakeSocket.made.push(this)
  }

  static get last () { return FakeSocket.made.at(-1) }

  accept () {
    this.readyState = 1
    this.onopen()
  }

  say (frame) { this.onmessage({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) }) }
  send (data) { this.sent.push(JSON.parse(data)) }

  /** The other end closes, or the network does. */
  drop (code = 1006) {
    this.readyState = 3
    this.onclose({ code })
  }

  close (code) {
    this.closedWith = code ?? 1005
    this.readyState = 3
  }
}

export function memory (entries = []) {
  return {
    saved: entries,
    load () { return structuredClone(this.saved) },
    save (next) { this.saved = structuredClone(next) }
  }
}

export const settled = () => new Promise(resolve => setImmediate(resolve))

export const text = (id, user, payload = `m${id}`, more = {}) =>
  ({ message_id: String(id), event: 0, user_id: user, payload, seen: false, time: 1000 + id, ...more })

export const sync = (head, { recovered = true, seen = '0', online = ['11', '22'] } = {}) =>
  ({ message_id: '', event: 5, user_id: '11', payload: JSON.stringify({ recovered, head: String(head), seen, online }), seen: false, time: 1 })

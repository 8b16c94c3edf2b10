import { afterClose, backOff, reasonOf } from './close-codes.js'

const CONNECTS_WITHIN = 10_000 // ms; browsers themselves give up after minutes only
const STEADY_AFTER = 5_000 // ms open; a connection that dies sooner does not reset the back-off

/**
 * A WebSocket that comes back: idle → connecting → open → (waiting ↔ connecting) → ended.
 *
 * - `open(WebSocket)` makes the socket, so that each attempt has a URL of its own
 * - `refusal()` is asked after a failed upgrade: a reason to stay away, or null to go on trying
 * - `onState({state, retryAt, reason, code})`, `onFrame(object)`
 */
export class LiveSocket {
  #open
  #refusal
  #onState
  #onFrame
  #now
  #ws = null
  #previous = null
  #openedAt = null
  #attempt = 0
  #timer = null
  #run = 0 // tells answers to an earlier attempt from those to this one
  state = 'idle'

  constructor ({ open, refusal, onState, onFrame, now = () => Date.now() }) {
    this.#open = open
    this.#refusal = refusal
    this.#onState = onState
    this.#onFrame = onFrame
    this.#now = now
  }

  start () {
    if (this.state !== 'idle' && this.state !== 'ended') return
    this.#attempt = 0
    this.#connect()
  }

  stop () {
    this.#drop()
    this.#set('idle')
  }

  /** Ends for a reason the socket itself can not know. */
  end (reason) {
    this.#drop()
    this.#set('ended', { reason })
  }

  /** There may be a network again: waits no longer, and looks whether an open socket still is. */
  hurry () {
    if (this.state === 'waiting') this.#connect()
    else if (this.state === 'open' && this.#ws.readyState !== 1) this.#closed(1006)
  }

  /** Starts over; the old connection stays until the new one is there, so that nobody looks gone. */
  resume () {
    if (this.state !== 'open') return
    this.#previous = this.#ws
    this.#ws = null
    if (this.#steady()) this.#connect()
    else this.#wait()
  }

  send (frame) {
    if (this.state !== 'open' || this.#ws.readyState !== 1) return false
    this.#ws.send(JSON.stringify(frame))
    return true
  }

  #connect () {
    clearTimeout(this.#timer)
    const run = ++this.#run
    const ws = this.#ws = this.#open()
    this.#openedAt = null
    this.#set('connecting')
    this.#timer = setTimeout(() => {
      this.#ws = null
      ws.close()
      this.#wait()
    }, CONNECTS_WITHIN)
    ws.onopen = () => {
      if (ws !== this.#ws) return ws.close()
      clearTimeout(this.#timer)
      this.#openedAt = this.#now()
      this.#closePrevious()
      this.#set('open')
    }
    ws.onmessage = ({ data }) => {
      if (ws !== this.#ws) return
      const frame = parse(data)
      if (frame) this.#onFrame(frame)
    }
    ws.onclose = ({ code }) => {
      if (ws !== this.#ws) return
      if (this.#openedAt === null) this.#refused(run)
      else this.#closed(code)
    }
  }

  #closed (code) {
    this.#ws = null
    const steady = this.#steady()
    switch (afterClose(code)) {
      case 'away':
        this.#drop()
        this.#set('ended', { reason: reasonOf(code), code })
        break
      case 'now':
        if (steady || this.#attempt === 0) {
          this.#attempt++ // replicas that all go at once must not turn this into a loop
          this.#connect()
          break
        }
        this.#wait(code)
        break
      default:
        this.#wait(code)
    }
  }

  /** A page can not see why an upgrade failed, so it asks. */
  async #refused (run) {
    clearTimeout(this.#timer)
    this.#ws = null
    let reason = null
    try {
      reason = await this.#refusal()
    } catch {
      // no answer is no refusal
    }
    if (run !== this.#run) return
    if (reason) this.end(reason)
    else this.#wait()
  }

  #wait (code) {
    const delay = backOff(this.#attempt++)
    this.#set('waiting', { retryAt: this.#now() + delay, code })
    this.#timer = setTimeout(() => this.#connect(), delay)
  }

  #steady () {
    if (this.#openedAt === null || this.#now() - this.#openedAt < STEADY_AFTER) return false
    this.#attempt = 0
    return true
  }

  #drop () {
    this.#run++
    clearTimeout(this.#timer)
    const ws = this.#ws
    this.#ws = null
    ws?.close(1000)
    this.#closePrevious()
  }

  #closePrevious () {
    this.#previous?.close(1000)
    this.#previous = null
  }

  #set (state, more = {}) {
    this.state = state
    this.#onState({ state, ...more })
  }
}

function parse (data) {
  try {
    const frame = JSON.parse(data)
    return frame && typeof frame === 'object' ? frame : null
  } catch {
    return null
  }
}

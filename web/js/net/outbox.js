import { Pace } from './pace.js'
import { Queue } from './queue.js'

const USUAL = [15, 20] // frames a second and at once; the server admits 20 and 40 to all tabs of a member
const SLOW = [4, 1] // after the server said too_fast, until everything is sent
const TOO_FAST_PAUSE = 1_000 // ms; refills half of the server's bucket
const UNAVAILABLE_PAUSE = 1_000 // ms, doubled each time
const UNAVAILABLE_LONGEST = 8_000 // ms
const ANSWERED_WITHIN = 15_000 // ms; the server repeats for 5 s itself, so the connection must be dead

/**
 * Sends what is queued when there is a connection, at a pace the server admits, and takes its answers.
 *
 * `send(frame)` tells whether it could; `store` has load() and save(entries); `onSilence` is called
 * when the connection answers no more.
 */
export class Outbox {
  #send
  #store
  #onChange
  #onSilence
  #now
  #queue
  #pace
  #open = false
  #slow = false
  #pauseUntil = 0
  #unavailable = 0
  #pumpTimer = null
  #watchTimer = null

  constructor ({ send, store, onChange, onSilence, client = randomClient(), now = () => Date.now() }) {
    this.#send = send
    this.#store = store
    this.#onChange = onChange
    this.#onSilence = onSilence
    this.#now = now
    this.#queue = new Queue(client, store.load())
    this.#pace = new Pace(...USUAL, now())
  }

  get entries () { return this.#queue.entries }

  add (event, payload) {
    this.#queue.add(event, payload, this.#now())
    this.#changed()
    this.#pump()
  }

  /** A connection has caught up: everything unanswered goes again. */
  open () {
    this.#open = true
    this.#pauseUntil = 0
    this.#pump()
  }

  close () {
    this.#open = false
    clearTimeout(this.#pumpTimer)
    clearTimeout(this.#watchTimer)
    this.#watchTimer = null
    this.#queue.doubt(this.entries)
  }

  /** The server closed because a message was too large: it was the largest one under way. */
  tooLarge () {
    const out = this.entries.filter(entry => entry.tried && !entry.failed)
    if (out.length === 0) return
    const largest = out.reduce((a, b) => b.payload.length > a.payload.length ? b : a)
    largest.failed = { code: 'too_long', detail: '' }
    this.#changed()
  }

  echoed (key) {
    const entry = this.#queue.find(key)
    if (!entry) return
    this.#queue.overtaken(entry)
    this.#unavailable = 0
    this.#remove(entry)
    this.#pump()
  }

  /** An error event that names this key. */
  refused (key, code, detail) {
    const entry = this.#queue.find(key)
    if (!entry) return
    entry.out = false
    switch (code) {
      case 'duplicate':
        return this.echoed(key)
      case 'unavailable':
        // The server holds back what came after it, until this one arrives again, or its echo came.
        this.#queue.doubt(this.#queue.after(entry))
        this.#pause(Math.min(UNAVAILABLE_LONGEST, UNAVAILABLE_PAUSE * 2 ** this.#unavailable++))
        break
      case 'too_fast':
        entry.refused = !entry.uncertain // a new key could store it twice
        this.#slow = true
        this.#pace.set(...SLOW)
        this.#pause(TOO_FAST_PAUSE)
        break
      case 'overtaken':
        entry.refused = true
        entry.uncertain = false
        break
      default:
        entry.failed = { code, detail }
    }
    this.#changed()
    this.#pump()
  }

  /** A failed one once more, behind what waits already. */
  retry (id) {
    const entry = this.#failed(id)
    if (!entry) return
    this.#remove(entry)
    this.add(entry.event, entry.payload)
  }

  discard (id) {
    const entry = this.#failed(id)
    if (entry) this.#remove(entry)
  }

  #failed (id) {
    return this.entries.find(entry => entry.id === id && entry.failed)
  }

  #pump () {
    clearTimeout(this.#pumpTimer)
    if (!this.#open) return
    const pause = this.#pauseUntil - this.#now()
    if (pause > 0) return this.#later(pause)
    for (let entry = this.#queue.next(); entry; entry = this.#queue.next()) {
      const wait = this.#pace.take(this.#now())
      if (wait > 0) return this.#later(wait)
      if (!this.#send({ event: entry.event, payload: entry.payload, key: entry.key })) return
      this.#queue.sent(entry, this.#now())
      this.#store.save(this.entries) // a reload must know that this key may be stored
    }
    this.#watch()
  }

  #later (ms) {
    this.#watch()
    this.#pumpTimer = setTimeout(() => this.#pump(), ms)
  }

  #watch () {
    const oldest = this.#queue.oldestOut
    if (this.#watchTimer !== null || !oldest) return
    this.#watchTimer = setTimeout(() => {
      this.#watchTimer = null
      const overdue = this.entries.some(e => e.out && this.#now() - e.sentAt >= ANSWERED_WITHIN)
      if (overdue) this.#onSilence()
      else this.#watch()
    }, Math.max(0, oldest.sentAt + ANSWERED_WITHIN - this.#now()))
  }

  #pause (ms) {
    this.#pauseUntil = Math.max(this.#pauseUntil, this.#now() + ms)
  }

  #remove (entry) {
    this.#queue.remove(entry)
    if (this.#slow && this.#queue.idle) {
      this.#slow = false
      this.#pace.set(...USUAL)
    }
    this.#changed()
  }

  #changed () {
    this.#store.save(this.entries)
    this.#onChange()
  }
}

/** 96 random bits: two page loads never share one. */
export function randomClient () {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

import { LiveSocket } from './socket.js'
import { Outbox } from './outbox.js'
import { ACTION, FILE, SEEN, TEXT } from '../state/events.js'
import { connecting, conversation, receive, replace, since } from '../state/conversation.js'
import { SeenMark } from '../state/seen.js'

const CATCHES_UP_WITHIN = 15_000 // ms from one frame to the next; for longer than any answer of the server takes

/**
 * One conversation over whatever connections it takes: it resumes where it was, repeats what was not
 * answered, and reads the history where the server can not replay.
 *
 * - `open(since)` makes a WebSocket, `history(signal)` reads all that is kept, `refusal()` says why
 *   an upgrade failed (a reason, or null)
 * - `onChanges(changes, model)` for what came in, `onState` for the connection, `onOutbox(entries)`
 */
export class Channel {
  #socket
  #outbox
  #seen
  #history
  #onChanges
  #onState
  #reading = null
  #catchUpTimer = null
  model

  constructor ({ self, peer, open, refusal, history, store, seen, onChanges, onState, onOutbox, now }) {
    this.model = conversation(self, peer)
    this.#history = history
    this.#onChanges = onChanges
    this.#onState = onState
    this.#seen = new SeenMark(seen)
    this.#socket = new LiveSocket({
      open: () => open(since(this.model)),
      refusal,
      now,
      onFrame: frame => this.#heard(frame),
      onState: state => this.#stateChanged(state)
    })
    this.#outbox = new Outbox({
      store,
      now,
      send: frame => this.#socket.send(frame),
      onChange: () => onOutbox(this.outbox),
      onSilence: () => this.#socket.resume()
    })
  }

  get seen () { return this.#seen.mark }
  get outbox () { return this.#outbox.entries }

  start () { this.#socket.start() }
  stop () { this.#socket.stop() }
  end (reason) { this.#socket.end(reason) }
  hurry () { this.#socket.hurry() }
  resume () { this.#socket.resume() }

  say (text) { this.#outbox.add(TEXT, text) }
  share (fileName, objectKey) {
    this.#outbox.add(FILE, JSON.stringify({ file_name: fileName, object_key: objectKey }))
  }

  retry (id) { this.#outbox.retry(id) }
  discard (id) { this.#outbox.discard(id) }
  typing (payload) { this.#socket.send({ event: ACTION, payload }) }

  /** The message was on the screen, before somebody's eyes. */
  shown (id) {
    this.#seen.raise(id)
    this.#sendSeen()
  }

  #stateChanged (state) {
    this.#watchCatchUp(state.state === 'open')
    if (state.state !== 'open') {
      this.#outbox.close()
      this.#reading?.abort()
      if (state.code === 1009) this.#outbox.tooLarge()
    }
    if (state.state === 'connecting') {
      this.model = connecting(this.model)
      this.#seen.reconnected()
    }
    this.#onState(state)
  }

  #heard (frame) {
    if (this.#catchUpTimer !== null) this.#watchCatchUp(true)
    this.#take(receive(this.model, frame))
  }

  /** A connection that does not even say where the conversation is may be dead without telling. */
  #watchCatchUp (on) {
    clearTimeout(this.#catchUpTimer)
    this.#catchUpTimer = on ? setTimeout(() => this.#socket.resume(), CATCHES_UP_WITHIN) : null
  }

  #take ({ model, changes }) {
    this.model = model
    for (const change of changes) this.#act(change)
    if (changes.length > 0) this.#onChanges(changes, this.model)
  }

  #act (change) {
    switch (change.type) {
      case 'echo':
        return this.#outbox.echoed(change.key)
      case 'refused':
        if (!change.key) this.#seen.reconnected() // it may have been the mark
        return this.#outbox.refused(change.key, change.code, change.detail)
      case 'seen-elsewhere':
        return this.#seen.known(change.id)
      case 'gap':
        return this.#socket.resume()
      case 'lost':
        return this.#readHistory()
      case 'caught-up':
        this.#watchCatchUp(false)
        this.#seen.limit(this.model.last.id)
        if (this.#socket.state !== 'open') return
        this.#outbox.open()
        return this.#sendSeen()
    }
  }

  async #readHistory () {
    this.#watchCatchUp(false) // each request has a limit of its own
    this.#reading?.abort()
    const reading = this.#reading = new AbortController()
    try {
      const messages = await this.#history(reading.signal)
      if (reading.signal.aborted) return
      this.#take(replace(this.model, messages))
    } catch (e) {
      if (reading.signal.aborted) return
      if (e.gone) this.#socket.end('ended')
      else this.#socket.resume()
    }
  }

  #sendSeen () {
    const id = this.#seen.toSend()
    if (id && this.#socket.send({ event: SEEN, payload: String(id) })) this.#seen.sent(id)
  }
}

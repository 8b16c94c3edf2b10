import { $, tell } from './dom.js'

const PATIENCE = 1_000 // ms; a connection that comes this soon is not worth a word

/** Tells when there is no connection, and until when. `data-state` is the state of the socket. */
export class ConnectionBar {
  #bar = $('connection')
  #timer = null

  constructor ({ onTry, signal }) {
    $('try-now').addEventListener('click', onTry, { signal })
    signal.addEventListener('abort', () => clearInterval(this.#timer))
    // The connection may take long to notice by itself.
    addEventListener('offline', () => this.#bar.dataset.state === 'open' && this.#say('You are offline', false), { signal })
    addEventListener('online', () => { this.#bar.hidden ||= this.#bar.dataset.state === 'open' }, { signal })
  }

  show ({ state, retryAt }) {
    clearInterval(this.#timer)
    this.#bar.dataset.state = state
    if (state === 'waiting') {
      this.#count(retryAt)
      this.#timer = setInterval(() => this.#count(retryAt), 1_000)
    } else if (state === 'connecting') {
      this.#timer = setTimeout(() => this.#say('Connecting…', false), PATIENCE)
      if (!this.#bar.hidden) this.#say('Connecting…', false)
    } else {
      this.#bar.hidden = true
    }
  }

  #count (retryAt) {
    const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1_000))
    if (navigator.onLine) this.#say('Reconnecting', true, `in ${seconds} s ·`)
    else this.#say('You are offline', true, '·')
  }

  /** What is told once, and what counts: nobody wants that read out each second. */
  #say (text, retry, wait = null) {
    tell($('connection-text'), text)
    tell($('connection-wait'), wait)
    $('try-now').hidden = !retry
    this.#bar.hidden = false
  }
}

import { $, tell } from './dom.js'

const MOST_BYTES = 4096 // what the server takes by default; a server that takes less says too_long
const HINT_FROM = 3600 // bytes; when it gets near

const COMPOSING = 229 // the code of a key that belongs to an input method, also where isComposing is false already

const bytes = text => new TextEncoder().encode(text).length

/** Where messages are written: `onSend(text)`, `onChange(text)`. It never refuses to be typed in. */
export class Composer {
  #text = $('composer')
  #onSend
  #onChange

  constructor ({ onSend, onChange, signal }) {
    this.#onSend = onSend
    this.#onChange = onChange
    this.#text.addEventListener('input', () => this.#changed(), { signal })
    this.#text.addEventListener('keydown', e => {
      if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === COMPOSING) return
      e.preventDefault()
      this.#send()
    }, { signal })
    $('compose').addEventListener('submit', e => {
      e.preventDefault()
      this.#send()
      this.#text.focus()
    }, { signal })
  }

  show (on) { $('compose').hidden = !on }
  focus () { this.#text.focus() }

  #send () {
    const text = this.#text.value
    if (text.trim() === '' || bytes(text) > MOST_BYTES) return
    this.#text.value = ''
    this.#changed()
    this.#onSend(text)
  }

  #changed () {
    const text = this.#text.value
    const size = bytes(text)
    const over = size - MOST_BYTES
    $('composer-hint').classList.toggle('over', over > 0)
    tell($('composer-hint'), over > 0 ? `${over} bytes too long` : size >= HINT_FROM && `${-over} bytes left`)
    this.#text.style.blockSize = 'auto'
    this.#text.style.blockSize = `${this.#text.scrollHeight + 2}px` // its borders
    this.#onChange(text)
  }
}

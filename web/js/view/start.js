import { $, tell } from './dom.js'

/** The form with a name and interests. `onStart(name, interests)`. */
export class Welcome {
  #form = $('welcome')
  #name = $('name')
  #interests = $('interests')

  constructor ({ interests, onStart, signal }) {
    this.#interests.value = interests
    this.#form.addEventListener('submit', e => {
      e.preventDefault()
      onStart(this.#name.value.trim(), this.#interests.value)
    }, { signal })
    this.#name.addEventListener('input', () => this.error(null), { signal })
  }

  show (on) { this.#form.hidden = !on }

  /** Somebody the server knows may go on under that name. */
  known (name) {
    tell($('known'), name && `Welcome back, ${name}. Go on under this name, or choose another.`)
    $('start').textContent = name ? `Go on as ${name}` : 'Meet somebody'
    if (name && !this.#name.value) this.#name.value = name
    this.#name.oninput = name && (() => {
      $('start').textContent = this.#name.value.trim() === name ? `Go on as ${name}` : 'Meet somebody'
    })
  }

  busy (on) { $('start').disabled = on }

  error (msg) {
    tell($('name-error'), msg)
    this.#name.setAttribute('aria-invalid', String(Boolean(msg)))
    if (msg) this.#name.focus()
  }
}

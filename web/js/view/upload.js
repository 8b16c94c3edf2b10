import { ApiError } from '../net/api.js'
import { sizeText } from './attachment.js'
import { $, el, tell } from './dom.js'

/**
 * Files on their way to the server, one after the other, so that they arrive in the order they were
 * chosen. `send(file, {onProgress, signal})` uploads, `onSent(answer)` gets what the server made of it.
 */
export class Uploads {
  #list = $('uploads')
  #send
  #onSent
  #waiting = []
  #busy = false
  #open = true
  #current = null

  constructor ({ send, onSent, signal }) {
    this.#send = send
    this.#onSent = onSent
    const input = $('file')
    $('attach').addEventListener('click', () => input.click(), { signal })
    input.addEventListener('change', () => {
      this.add(input.files)
      input.value = '' // the same file may be chosen again
    }, { signal })
    $('composer').addEventListener('paste', e => {
      if (e.clipboardData.files.length === 0 || isText(e.clipboardData)) return
      e.preventDefault()
      this.add(e.clipboardData.files)
    }, { signal })
    this.#dropping(signal)
    signal.addEventListener('abort', () => this.close())
  }

  add (files) {
    if (!this.#open) return
    for (const file of files) this.#queue(new Upload(file, this.#list, upload => this.#queue(upload)))
  }

  close () {
    this.#open = false
    for (const upload of this.#waiting.splice(0)) upload.cancel()
    this.#current?.cancel()
  }

  #queue (upload) {
    this.#waiting.push(upload)
    this.#work()
  }

  async #work () {
    if (this.#busy) return
    this.#busy = true
    while (this.#waiting.length > 0) {
      this.#current = this.#waiting.shift()
      const answer = await this.#current.run(this.#send)
      if (answer) this.#onSent(answer)
    }
    this.#current = null
    this.#busy = false
  }

  #dropping (signal) {
    const withFiles = e => e.dataTransfer?.types.includes('Files')
    const mark = on => document.body.classList.toggle('dropping', on && this.#open)
    document.addEventListener('dragover', e => {
      if (!withFiles(e)) return
      e.preventDefault()
      mark(true)
    }, { signal })
    document.addEventListener('dragleave', e => e.relatedTarget ?? mark(false), { signal })
    document.addEventListener('drop', e => {
      if (!withFiles(e)) return
      e.preventDefault() // the browser would open it in place of the conversation
      mark(false)
      this.add(e.dataTransfer.files)
    }, { signal })
  }
}

/** What comes out of a word processor or a spreadsheet is text, with a picture of that text beside it. */
const isText = ({ types }) => types.includes('text/plain') && (types.includes('text/html') || types.includes('text/rtf'))

class Upload {
  #file
  #item
  #progress = el('progress', { max: 1, value: 0 })
  #error = el('p', { className: 'error', role: 'alert', hidden: true })
  #retry
  #abort = new AbortController()

  constructor (file, list, onRetry) {
    this.#file = file
    this.#retry = el('button', { type: 'button', className: 'retry', textContent: 'Try again', hidden: true })
    this.#retry.addEventListener('click', () => {
      this.#failed(null)
      onRetry(this)
    })
    const cancel = el('button', { type: 'button', className: 'cancel', textContent: 'Cancel' })
    cancel.addEventListener('click', () => this.cancel())
    this.#item = el('li', { className: 'upload' },
      el('span', { className: 'name', dir: 'auto', textContent: file.name, title: sizeText(file.size) }),
      this.#progress, this.#retry, cancel, this.#error)
    this.#progress.setAttribute('aria-label', file.name)
    list.append(this.#item)
  }

  /** The server's answer, or null if it was cancelled or failed. */
  async run (send) {
    const { signal } = this.#abort
    if (signal.aborted) return null
    try {
      const answer = await send(this.#file, {
        signal,
        onProgress: part => { this.#progress.value = part }
      })
      this.#item.remove()
      return answer
    } catch (e) {
      if (!signal.aborted) this.#failed(e)
      return null
    }
  }

  cancel () {
    this.#abort.abort()
    this.#item.remove()
  }

  #failed (error) {
    this.#item.dataset.state = error ? 'failed' : 'waiting'
    this.#progress.value = 0
    this.#progress.hidden = Boolean(error)
    this.#retry.hidden = !error
    tell(this.#error, error && (error instanceof ApiError ? error.msg : 'The file could not be sent.'))
  }
}

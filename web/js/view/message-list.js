import { divider } from './divider.js'
import { messageElement, pendingElement, setStatus } from './message.js'
import { Scroll } from './scroll.js'

const MOST = 300 // messages in the page; enough for any screen, few enough for any phone
const STEP = 60 // messages added when the reader comes near an edge

/**
 * Shows a stretch of the messages: `#shown` are the ids in the page, in order. `onShown(id)` names
 * the highest of the peer's messages that came into view before an attentive reader.
 */
export class MessageList {
  #list
  #pending
  #latest
  #scroll
  #messages = []
  #items = new Map() // id → element, in order
  #waiting = new Map() // id → element of what waits, and what it shows
  #peerSeen = 0
  #dividerBefore = null
  #divider = divider()
  #watch
  #attentive = () => true
  #onShown

  constructor ({ scroller, list, pending, latest, attentive, onShown, signal }) {
    this.#list = list
    this.#pending = pending
    this.#latest = latest
    this.#attentive = attentive
    this.#onShown = onShown
    this.#watch = new IntersectionObserver(entries => this.#seenNow(entries), { root: scroller, threshold: 0.5 })
    this.#scroll = new Scroll(scroller, {
      signal,
      canFollow: () => this.#endShown,
      onMove: atEnd => { latest.hidden = atEnd },
      onNear: edge => this.#extend(edge)
    })
    latest.addEventListener('click', () => this.toLatest(), { signal })
    signal.addEventListener('abort', () => this.#watch.disconnect())
  }

  /** The next model: messages were added at the end, or all of them are others now. */
  update ({ messages, peerSeen }, replaced) {
    const followed = this.#endShown
    this.#messages = messages
    this.#peerSeen = peerSeen
    if (replaced) return this.#rebuild(messages.length - MOST)
    if (!followed) return
    this.#list.setAttribute('aria-live', 'polite')
    const end = this.#items.size > 0 ? this.#indexAfter(this.#lastShown) : Math.max(0, messages.length - MOST)
    const room = this.#scroll.atEnd ? messages.length : MOST - this.#items.size
    for (const message of messages.slice(end, end + Math.max(0, room))) this.#list.append(this.#element(message))
    this.#trimStart()
    if (this.#scroll.atEnd) this.#scroll.toEnd()
  }

  seen (peerSeen) {
    this.#peerSeen = peerSeen
    for (const message of this.#messages) {
      const item = message.own && this.#items.get(message.id)
      if (item) setStatus(item, this.#status(message))
    }
  }

  /** `content(entry)` makes what a bubble shows out of a frame that waits. */
  showPending (entries, content, actions) {
    const before = this.#waiting
    this.#waiting = new Map()
    for (const entry of entries) {
      const looks = `${entry.failed?.code} ${actions.over}`
      const known = before.get(entry.id)
      before.delete(entry.id)
      const item = known?.looks === looks ? known.item : pendingElement(entry, content(entry), actions)
      if (!known) this.#pending.append(item)
      else if (known.item !== item) known.item.replaceWith(item)
      this.#waiting.set(entry.id, { looks, item })
    }
    for (const { item } of before.values()) item.remove()
    if (this.#scroll.atEnd) this.#scroll.toEnd()
  }

  /**
   * Marks where the unseen begins, and goes there unless it is in view; quietly: for one who looks on,
   * only if there was more than what is in view now, and not away from what they read.
   */
  reveal (first, quietly) {
    if (!quietly) this.clearDivider()
    if (first && (this.atEnd || !quietly)) this.#goTo(first, quietly)
    this.lookAgain()
  }

  /** What came into view while nobody looked is asked for once more. */
  lookAgain () {
    this.#watch.disconnect()
    for (const item of this.#items.values()) {
      if (!item.classList.contains('own')) this.#watch.observe(item.lastElementChild)
    }
  }

  toLatest () {
    if (!this.#endShown) this.#rebuild(this.#messages.length - MOST)
    this.#scroll.toEnd()
  }

  /** What was said here is the newest: the line has done its work. */
  clearDivider () {
    this.#dividerBefore = null
    this.#divider.remove()
  }

  #goTo (first, quietly) {
    if (!this.#items.has(first.id)) this.#rebuild(this.#messages.indexOf(first) - STEP)
    const item = this.#items.get(first.id)
    if (quietly && this.#scroll.shows(item)) return
    this.clearDivider()
    this.#dividerBefore = first.id
    item.before(this.#divider)
    if (this.#scroll.atEnd) this.#scroll.toEnd()
    this.#scroll.toTop(this.#divider)
  }

  /** Whether the reader is at the end of the conversation. */
  get atEnd () { return this.#scroll.atEnd }

  get #endShown () {
    return this.#items.size === 0 || this.#lastShown === this.#messages.at(-1)?.id
  }

  get #firstShown () { return this.#items.keys().next().value }
  get #lastShown () { return Number(this.#list.lastElementChild?.dataset.id) }

  #rebuild (from) {
    this.#list.setAttribute('aria-live', 'off') // nobody wants all of it read out
    this.#watch.disconnect()
    this.#items.clear()
    this.#list.replaceChildren()
    const start = Math.max(0, from)
    for (const message of this.#messages.slice(start, start + MOST)) this.#list.append(this.#element(message))
    if (this.#items.has(this.#dividerBefore)) this.#items.get(this.#dividerBefore).before(this.#divider)
    if (this.#scroll.atEnd && this.#endShown) this.#scroll.toEnd()
  }

  #extend (edge) {
    if (this.#items.size === 0) return
    if (edge === 'start') {
      const first = this.#messages.findIndex(m => m.id === this.#firstShown)
      const older = this.#messages.slice(Math.max(0, first - STEP), Math.max(0, first))
      if (older.length > 0) this.#prepend(older)
    } else if (!this.#endShown) {
      const next = this.#indexAfter(this.#lastShown)
      this.#scroll.around(this.#list.lastElementChild, () => {
        for (const message of this.#messages.slice(next, next + STEP)) this.#list.append(this.#element(message))
        this.#trimStart()
      })
    }
  }

  #prepend (older) {
    this.#list.setAttribute('aria-live', 'off')
    const later = [...this.#items]
    this.#scroll.around(this.#items.values().next().value, () => {
      this.#items.clear()
      this.#list.prepend(...older.map(message => this.#element(message)))
      for (const [id, item] of later) this.#items.set(id, item)
      if (this.#items.has(this.#dividerBefore)) this.#items.get(this.#dividerBefore).before(this.#divider)
      for (const [id, item] of [...this.#items].slice(MOST)) this.#remove(id, item)
    })
  }

  #trimStart () {
    for (const [id, item] of this.#items) {
      if (this.#items.size <= MOST) return
      this.#remove(id, item)
    }
  }

  #remove (id, item) {
    if (id === this.#dividerBefore) this.#divider.remove()
    this.#watch.unobserve(item.lastElementChild)
    this.#items.delete(id)
    item.remove()
  }

  #element (message) {
    const item = messageElement(message, this.#status(message))
    this.#items.set(message.id, item)
    if (!message.own) this.#watch.observe(item.lastElementChild)
    return item
  }

  #status (message) {
    return message.id <= this.#peerSeen ? 'seen' : 'sent'
  }

  #indexAfter (id) {
    return this.#messages.findIndex(m => m.id === id) + 1
  }

  #seenNow (entries) {
    if (!this.#attentive()) return
    const shown = entries.filter(entry => entry.isIntersecting)
    for (const entry of shown) this.#watch.unobserve(entry.target)
    const highest = Math.max(0, ...shown.map(entry => Number(entry.target.parentElement?.dataset.id) || 0))
    if (highest > 0) this.#onShown(highest)
  }
}

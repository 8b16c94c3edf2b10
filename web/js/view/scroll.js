const END = 100 // px; nearer than this somebody reads the latest messages, and goes on doing so
const NEAR = 600 // px; early enough to add what comes next before it is missed

/**
 * Owns the scroll position. At the end it stays there, whatever grows; elsewhere what is being read
 * does not move.
 */
export class Scroll {
  #box
  #onMove
  #frame = 0
  atEnd = true

  /** `canFollow()` tells whether the end of the content is the end of the conversation. */
  constructor (box, { onMove, onNear, canFollow, signal }) {
    this.#box = box
    this.#onMove = onMove
    box.addEventListener('scroll', () => {
      this.#look(canFollow)
      if (box.scrollTop < NEAR) onNear('start')
      if (this.#below() < NEAR) onNear('end')
    }, { signal, passive: true })
    const grown = new ResizeObserver(() => this.atEnd ? this.toEnd() : this.#look(canFollow))
    grown.observe(box)
    grown.observe(box.firstElementChild)
    signal.addEventListener('abort', () => {
      grown.disconnect()
      cancelAnimationFrame(this.#frame)
    })
  }

  toEnd () {
    this.#box.scrollTop = this.#box.scrollHeight
    this.#set(true)
  }

  /** Brings the element to the top, if it is not in view, a little below the edge. */
  toTop (element) {
    if (this.shows(element)) return
    this.#box.scrollTop += element.getBoundingClientRect().top - this.#box.getBoundingClientRect().top - 8
    this.#set(this.#below() <= END)
  }

  shows (element) {
    const box = this.#box.getBoundingClientRect()
    const { top, bottom } = element.getBoundingClientRect()
    return top >= box.top && bottom <= box.bottom
  }

  /** Changes what is above or below the anchor without moving it. */
  around (anchor, change) {
    if (!anchor) return change()
    // Browsers that anchor by themselves would correct a second time.
    this.#box.style.overflowAnchor = 'none'
    const before = anchor.getBoundingClientRect().top
    change()
    this.#box.scrollTop += anchor.getBoundingClientRect().top - before
    this.#frame = requestAnimationFrame(() => { this.#box.style.overflowAnchor = '' })
  }

  #below () {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight
  }

  #look (canFollow) {
    this.#set(this.#below() <= END && canFollow())
  }

  #set (atEnd) {
    this.atEnd = atEnd
    this.#onMove(atEnd)
  }
}

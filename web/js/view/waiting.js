import { $, tell } from './dom.js'

/** The screens that need no typing: looking for somebody, and replaced by another tab. */
export class Waiting {
  constructor ({ onCancel, onTakeOver, signal }) {
    $('cancel').addEventListener('click', onCancel, { signal })
    $('take-over').addEventListener('click', onTakeOver, { signal })
  }

  show ({ screen, position, online, retrying }) {
    const waiting = screen === 'waiting' || screen === 'matched'
    this.#reveal($('waiting'), waiting)
    this.#reveal($('replaced'), screen === 'replaced')
    $('waiting-title').textContent = screen === 'matched' ? 'Here is somebody!' : 'Looking for somebody…'
    tell($('waiting-detail'), waiting && detail(position, online, retrying))
  }

  #reveal (section, on) {
    if (section.hidden === !on) return
    section.hidden = !on
    if (on) section.querySelector('h2').focus()
  }
}

function detail (position, online, retrying) {
  if (retrying) return 'The connection is slow to come. Trying again…'
  const ahead = position === 1 ? 'You are next.' : position > 1 && `You are number ${position} in line.`
  const others = online > 1 && `${online} people are here.`
  return [ahead, others].filter(Boolean).join(' ')
}

import { fileUrl } from '../net/urls.js'
import { el } from './dom.js'

const UNITS = ['B', 'KB', 'MB', 'GB']
const AGAIN_AFTER = 3_000 // ms; a second try that comes sooner meets what the first one met
const PICTURE = /\.(png|jpe?g|gif|webp)$/i // what an old page puts into the store by itself comes without a type

/** A file of the conversation: shown if it is a picture, played if it sounds or moves, else a link. */
export function attachment ({ name, url, type, size }) {
  const href = fileUrl(url)
  const figure = el('figure', { className: 'attachment' })
  const link = href ? linkTo(href, name) : el('span', { className: 'name', dir: 'auto', textContent: name })
  const caption = el('figcaption', {}, link,
    size === null ? null : el('span', { className: 'size', textContent: ` · ${sizeText(size)}` }))
  const shown = href && player(href, name, type || (PICTURE.test(href) ? 'image' : ''))
  if (shown) figure.append(shown)
  figure.append(caption)
  return figure
}

function linkTo (href, name) {
  return el('a', { className: 'name', href, download: name, target: '_blank', rel: 'noopener noreferrer', dir: 'auto', textContent: name })
}

/** What can not be shown goes; the link below it stays. */
function player (src, name, type) {
  switch (type.split('/')[0]) {
    case 'image':
      return picture(el('img', { loading: 'lazy', src, alt: name, decoding: 'async' }))
    case 'audio':
      return lasting(el('audio', { src, controls: true, preload: 'none' }))
    case 'video':
      return lasting(el('video', { src, controls: true, preload: 'none', playsInline: true }))
    default:
      return null
  }
}

/** A network that broke may be back a little later. */
function picture (image) {
  image.addEventListener('error', () => {
    image.addEventListener('error', () => image.remove(), { once: true })
    setTimeout(() => { image.src = image.src }, AGAIN_AFTER)
  }, { once: true })
  return image
}

/**
 * Where the store has a file is told for a minute only: whoever still plays then, or goes on later, is
 * sent there anew, as long as that brings something.
 */
function lasting (media) {
  let mayTry = true
  media.addEventListener('loadeddata', () => { mayTry = true })
  media.addEventListener('error', () => {
    if (!mayTry) return media.remove()
    mayTry = false
    const { currentTime, paused } = media
    media.load()
    media.currentTime = currentTime
    if (!paused) media.play()
  })
  return media
}

export function sizeText (bytes) {
  let unit = 0
  while (bytes >= 1024 && unit < UNITS.length - 1) {
    bytes /= 1024
    unit++
  }
  return `${bytes < 10 && unit > 0 ? bytes.toFixed(1) : Math.round(bytes)} ${UNITS[unit]}`
}

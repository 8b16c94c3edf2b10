export const $ = id => document.getElementById(id)

/** An element whose properties are set as properties: text is text, whoever wrote it. */
export function el (tag, { dataset, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  Object.assign(element.dataset, dataset)
  element.append(...children.filter(child => child !== null))
  return element
}

/** Text that is shown while there is some. */
export function tell (element, text) {
  if (element.textContent !== (text ?? '')) element.textContent = text ?? ''
  element.hidden = !text
}

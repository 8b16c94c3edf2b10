/** Whether somebody can be looking: the page is visible, and its window has the focus. */
export const attentive = () => document.visibilityState === 'visible' && document.hasFocus()

/** Calls back when attention comes or goes. */
export function onAttention (callback, signal) {
  let was = attentive()
  const look = () => {
    const is = attentive()
    if (is !== was) callback(was = is)
  }
  document.addEventListener('visibilitychange', look, { signal })
  for (const event of ['focus', 'blur', 'pageshow']) addEventListener(event, look, { signal })
}

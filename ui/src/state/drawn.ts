/**
 * Runs it once what the page holds now has been drawn, and returns how to take that back. The second frame begins when
 * what stands now has been drawn, and the timer leaves that frame to it, too.
 */
export function afterDrawn(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(() => (timer = setTimeout(run)))));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Simulated time since the start, as hours, minutes and seconds. */
export function elapsed(time: Date, start: Date): string {
  const seconds = Math.round((time.getTime() - start.getTime()) / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

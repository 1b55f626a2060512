/** The colours of one colour scheme, as the page carries them. */
export interface Tones {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  readonly hues: Readonly<Record<string, string>>;
}

/** The fill of a mark: solid for a model, a pale wash under a full outline for the real system. */
export function fillOf(look: { hue: string; hollow: boolean }, tones: Tones): string {
  const hue = tones.hues[look.hue] ?? tones.ink;
  return look.hollow ? `${hue}33` : hue;
}

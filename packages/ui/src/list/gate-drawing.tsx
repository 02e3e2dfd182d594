/** A sluice gate, drawn with lines: posts, a raised gate, and water on its way. */

export function GateDrawing() {
  return (
    <svg className="gate-drawing" viewBox="0 0 200 112" aria-hidden focusable="false">
      <path className="gate-frame" d="M70 96V14M130 96V14M60 14h80M100 14V4M92 4h16" />
      <path className="gate-leaf" d="M74 26h52v34H74zM74 37h52M74 48.5h52" />
      <path className="gate-water" d="M4 74h62M4 84h62M4 94h62" />
      <path
        className="gate-water gate-water-out"
        d="M134 84c10 0 10-3 20-3s10 3 20 3 10-3 20-3M134 94c10 0 10-3 20-3s10 3 20 3 10-3 20-3"
      />
      <path className="gate-water" d="M74 84h52M74 94h52" />
      <path className="gate-frame" d="M4 104h192" />
    </svg>
  );
}

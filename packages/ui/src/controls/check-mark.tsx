/** The box of a checkbox; its look follows the checkbox around it. */
import { Check } from 'lucide-react';

export function CheckMark() {
  return (
    <span className="check-box" aria-hidden>
      <Check size={12} strokeWidth={3} />
    </span>
  );
}

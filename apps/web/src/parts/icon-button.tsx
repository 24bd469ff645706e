import { Icon, type IconName } from './icon.tsx';

interface IconButtonProps {
  readonly icon: IconName;
  readonly name: string;
  /** What it says to a pointer that stays, where that is more than the name: a key, another way. */
  readonly hint?: string;
  readonly disabled?: boolean;
  /** Of one that is on or off. */
  readonly pressed?: boolean;
  onClick(): void;
}

/** A button that has a sign instead of a word. */
export function IconButton({ icon, name, hint = name, disabled, pressed, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class="quiet"
      aria-label={name}
      title={hint}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

import type { Stage } from '../scatter/zoom-look.ts';
import type { Session } from '../state/session.ts';
import type { Place } from '../state/url.ts';
import type { TourTarget } from './target.ts';

/** What the tour knows of the lab: its pages end by what a person does, or by what is finished. */
export interface TourFacts {
  readonly phase: Session['phase'];
  readonly place: Place;
  /** Codes that were looked at so far. */
  readonly looks: number;
  /** Drawings that the network was shown so far. */
  readonly drawings: number;
  /** How near the map is. */
  readonly stage: Stage | undefined;
  /** Whether both ends of a walk are set. */
  readonly walks: boolean;
  /** Whether the cards are open. */
  readonly learns: boolean;
}

export interface TourPage {
  readonly id: string;
  readonly text: string;
  /** The same without a pointer. */
  readonly keys?: string;
  readonly target: TourTarget;
  /** Whether what the page asks for has happened since it came. */
  done(now: TourFacts, before: TourFacts): boolean;
}

/** So many places looked at are a look around. */
const LOOK_AROUND = 12;

export const TOUR_PAGES: readonly TourPage[] = [
  {
    id: 'watch',
    text: 'Each dot is a digit that the network does not learn from. It has two numbers to describe it by: they are its place here. Watch the ten digits part.',
    target: 'map',
    done: ({ phase }) => phase === 'ended',
  },
  {
    id: 'open',
    text: 'It has learned. Open the map: choose Map at the top.',
    keys: 'Press 2.',
    target: 'places',
    done: ({ place }) => place === 'map',
  },
  {
    id: 'move',
    text: 'Move over the map. Each picture is drawn from two numbers alone: digits turn into one another.',
    keys: 'On the map, the arrow keys move.',
    target: 'map',
    done: ({ looks }, before) => looks >= before.looks + LOOK_AROUND,
  },
  {
    id: 'zoom',
    text: 'Come nearer, with the wheel or two fingers, until dots give way to pictures.',
    keys: 'On the map, + zooms in and - out; 0 shows all.',
    target: 'map',
    done: ({ stage }) => stage === 'near',
  },
  {
    id: 'draw',
    text: 'Draw a digit of your own, or have one put in. The map shows where the network puts it, and how sure it is: the ellipse.',
    target: 'draw',
    done: ({ drawings }, before) => drawings > before.drawings,
  },
  {
    id: 'walk',
    text: 'Now walk. Set A at one digit and B at another, and see all that lies between.',
    keys: 'On the map, press A, move, and press B.',
    target: 'walk',
    done: ({ walks }) => walks,
  },
  {
    id: 'learn',
    text: 'That is the tour. Twelve short cards say why it works, and each can show it: open Learn.',
    keys: 'Press ?.',
    target: 'learn',
    done: ({ learns }) => learns,
  },
];

'use client';
import { useEffect, useState } from 'react';
import { all } from './all.js';
import { use } from './use.js';

let outcome;

export default function Page() {
  const [text, setText] = useState('training');
  useEffect(() => {
    outcome ??= use();
    Object.assign(globalThis, { all, outcome }); // whoever opens the page awaits it
    outcome.then(({ workers }) => setText(`trained on ${workers} threads`));
  }, []);
  return <main>{text}</main>;
}

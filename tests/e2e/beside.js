// A program that runs beside a story: started, waited for, ended. None holds up the process of the stories, or outlives it.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 15_000;
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts a program and waits until it is ready, as `ready` finds from what it has said so far.
 * @param {string} program
 * @param {string[]} words
 * @param {{ ready: (said: string[]) => boolean | Promise<boolean>, environment?: NodeJS.ProcessEnv, input?: string }} how
 */
export async function beside(program, words, { ready, environment = process.env, input = '' }) {
  const name = path.basename(program);
  const child = spawn(program, words, { env: environment });
  const said = [];
  let over = false;
  running.add(child);
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.unref();
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
  child.stdin.on('error', () => {});
  const ended = () => {
    over = true;
    running.delete(child);
  };
  child.once('exit', ended);
  child.once('error', (error) => {
    said.push(String(error));
    ended();
  });
  child.stdin.end(input);

  const end = async () => {
    child.kill('SIGTERM');
    if (!(await within(() => over))) throw new Error(`${name} did not end within ${PATIENCE / 1000} seconds`);
  };
  if (!(await within(async () => over || (await ready(said)))) || over) {
    child.kill('SIGKILL');
    throw new Error(`${name} ${over ? 'ended before it was' : 'is not'} ready: ${said.join('')}`);
  }
  return { said, pid: child.pid, end, tell: (signal) => child.kill(signal) };
}

/** Asks until it is so, for as long as everything here is waited for; whether it was. */
export async function within(condition) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(25)) if (await condition()) return true;
  return false;
}

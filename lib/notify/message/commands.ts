import { acceptCommand, type Alert } from '#findings';
import { isVisible, visible } from './visible.ts';
import { count } from './wording.ts';

/** Commands to paste, whole or not at all. */
export type CommandGroup = {
  readonly title: string;
  readonly commands: readonly string[];
  /** Why some are not shown; absent if all are. */
  readonly missing?: string;
};

/** Commands that a message shows at most; a page of them is a job for the report. */
const SHOWN = 10;

/** Sentences of ours hold several names. */
const SENTENCE = 500;

/** How to take the change back, how to end what has no way back, how to bring back what a closing change took away, and how to accept what is open. */
export function commandGroupsOf(
  alert: Alert,
  isShowable: (command: string) => boolean = isVisible,
): readonly CommandGroup[] {
  const { undo, fix, restore } = alert;
  const accept = acceptCommand(alert);
  const undoTitle =
    undo?.isProven === true
      ? 'Undo (proven on the model: nothing of this stays open)'
      : 'Undo (not proven on the model: something may stay open)';
  return [
    ...groupOf(undoTitle, undo?.commands ?? [], isShowable),
    ...fixGroup(fix, isShowable),
    ...groupOf('To bring back what this closed', restore?.commands ?? [], isShowable),
    ...groupOf('To accept it for a time', accept === undefined ? [] : [accept], isShowable),
  ];
}

/** What to do, what was tried of it, and the commands, if there are any. */
function fixGroup(fix: Alert['fix'], isShowable: (command: string) => boolean): readonly CommandGroup[] {
  if (fix === undefined) return [];
  const title = `Fix: ${visible(fix.what, SENTENCE)} (${visible(fix.proof, SENTENCE)})`;
  return fix.commands.length === 0 ? [{ title, commands: [] }] : groupOf(title, fix.commands, isShowable);
}

/** A command that cannot be shown as it is would be another command, so it is counted instead. */
function groupOf(
  title: string,
  all: readonly string[],
  isShowable: (command: string) => boolean,
): readonly CommandGroup[] {
  if (all.length === 0) return [];
  const commands = all.filter((command) => command.trim() !== '' && isShowable(command)).slice(0, SHOWN);
  const left = all.length - commands.length;
  if (left === 0) return [{ title, commands }];
  return [{ title, commands, missing: `${count(left, 'command')} cannot be shown here: see the report.` }];
}

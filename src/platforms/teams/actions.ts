import type { ActionArray, IActionSet, IExecuteAction } from '@microsoft/teams.cards';
import type { Button } from '../../chat/card.ts';
import { label, literal } from './escape.ts';
import { limits } from './limits.ts';

type Press = { verb: string; data: Record<string, string | boolean>; title: string };
type Manner = Pick<IExecuteAction, 'style' | 'associatedInputs'>;

/**
 * A button that Belay hears. Where Action.Execute is not known it is an Action.Submit, which carries the verb in
 * its data.
 */
export function execute(press: Press, manner: Manner): IExecuteAction {
  const { verb, data, title } = press;
  const fallback = { type: 'Action.Submit', title, data: { ...data, verb }, ...manner } as const;
  return { type: 'Action.Execute', ...press, ...manner, fallback };
}

const styles = { primary: 'positive', danger: 'destructive' } as const;

/**
 * Buttons, after those already there, in rows: at most six, because Teams hides more behind "…", and no wider than a
 * phone, where it would cut their labels.
 */
export function actionSets(buttons: Button[], before: ActionArray = []): IActionSet[] {
  const rows: ActionArray[] = [];
  let room = 0;
  for (const one of [...before, ...buttons.flatMap(action)]) {
    const width = (one.title?.length ?? 0) + limits.aroundLabel;
    const row = rows.at(-1);
    if (row && width <= room && row.length < limits.buttonsInRow) row.push(one);
    else {
      rows.push([one]);
      room = limits.lettersInRow;
    }
    room -= width;
  }
  return rows.map((actions) => ({ type: 'ActionSet', actions }));
}

function action(button: Button): ActionArray {
  const title = label(button.label, limits.title);
  if ('url' in button)
    return /^https?:\/\//i.test(button.url) ? [{ type: 'Action.OpenUrl', title, url: button.url }] : [];
  const { confirm } = button;
  const style = button.style && styles[button.style];
  const press = { verb: button.press, data: dataOf(button.subject), title };
  // A press sends nothing of what is typed into a form that stands in the same card.
  const plain = { associatedInputs: 'none' as const, ...(style && { style }) };
  if (!confirm) return [execute(press, plain)];
  return [
    {
      type: 'Action.ShowCard',
      title,
      ...(style && { style }),
      card: {
        type: 'AdaptiveCard',
        version: '1.5',
        body: [
          ...[confirm.title, confirm.text].map((text, index) => ({
            type: 'RichTextBlock' as const,
            inlines: [
              {
                type: 'TextRun' as const,
                text: literal(text, 1000),
                ...(index === 0 && { weight: 'Bolder' as const }),
              },
            ],
          })),
          {
            type: 'ActionSet',
            actions: [execute({ ...press, title: label(confirm.yes, limits.title) }, plain)],
          },
        ],
      },
    },
  ];
}

export function dataOf(subject: string | undefined): Record<string, string> {
  return subject === undefined ? {} : { id: subject };
}

import type { Field } from '../../chat/form.ts';
import type { Say } from '../../text/say.ts';
import { type Client, limits } from '../clients/clients.ts';

/** As many clients as a choice has room for, beside none of them. */
const mostClients = 99;

type Choice = { value: string; label: string };

/** Of which client it is; where not all have room, any other can be typed. `first` and `last`: what is no client. */
export function clientFields(
  clients: Pick<Client, 'id' | 'name'>[],
  { first = [], last = [], value }: { first?: Choice[]; last?: Choice[]; value: string | undefined },
  say: Say,
): Field[] {
  const isMore = clients.length > mostClients;
  const choices = clients.slice(0, mostClients).map(({ id, name }) => ({ value: id, label: name }));
  const chosen: Field = {
    kind: 'choice',
    id: 'client',
    label: say('feedback.which-client'),
    optional: isMore,
    choices: [...first, ...choices, ...last],
    value,
  };
  if (!isMore) return [chosen];
  return [
    chosen,
    {
      kind: 'text',
      id: 'other-client',
      label: say('feedback.other-client'),
      optional: true,
      maxLength: limits.name,
    },
  ];
}

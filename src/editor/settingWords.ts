import { defaultSettings } from '../core/settings.ts';
import type { Demand, SettingProblem } from '../core/settingsReader.ts';
import type { Translate } from './words.ts';

/** A setting that cannot be used, in sentences: what it must be, and what happens meanwhile. */
export function settingProblemText(problem: SettingProblem, t: Translate): string {
  const name = `foretype.${problem.name}`;
  switch (problem.kind) {
    case 'workspace':
      return attemptsText([name], t);
    case 'wrong': {
      const value = JSON.stringify(defaultSettings[problem.name]);
      return `${demandText(name, problem.must, t)} ${t('Meanwhile its default is used: {0}.', value)}`;
    }
    case 'refused':
      return `${demandText(name, problem.must, t)} ${t('Until then nothing is asked there.')}`;
  }
}

/** What a workspace tried to set that is the user's alone, in one text however many settings there are. */
export function attemptsText(names: readonly string[], t: Translate): string {
  const [first = '', second = ''] = names;
  const others = names.length - 2;
  const ignored = t('Only your user settings may, so this is ignored.');
  if (others < 0) return `${t('This workspace sets {0}.', first)} ${ignored}`;
  if (others === 0) return `${t('This workspace sets {0} and {1}.', first, second)} ${ignored}`;
  return `${t('This workspace sets {0}, {1} and {2} more.', first, second, others)} ${ignored}`;
}

function demandText(name: string, must: Demand, t: Translate): string {
  switch (must.kind) {
    case 'text':
      return t('{0} must be a text.', name);
    case 'flag':
      return t('{0} must be true or false.', name);
    case 'list':
      return t('{0} must be a list of valid entries.', name);
    case 'table':
      return t('{0} must be a table of valid entries.', name);
    case 'price':
      return t(
        '{0} must give each model “input”, “cachedInput” and “output” in dollars per million tokens.',
        name,
      );
    case 'address':
      return t('{0} must be an address such as {1}.', name, 'https://models.example.com/v1');
    case 'number':
      return t('{0} must be a number from {1} to {2}.', name, must.least, must.most);
    case 'word':
      return t('{0} must be one of {1}.', name, must.words.join(', '));
  }
}

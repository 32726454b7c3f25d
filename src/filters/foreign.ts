/** How chat models begin in German, French, Spanish, Italian, Portuguese and Dutch: they answer in the language that the file is written in. */
const openers =
  /^[¡¿]?(?:hier (?:ist|sind|kommt|is)|natürlich|gerne|klar|selbstverständlich|der (?:vervollständigte|fehlende|folgende)|voici|voilà|bien sûr|certainement|le code|la suite|aquí (?:está|tienes|va)|claro|por supuesto|el código|ecco|certo|certamente|il codice|aqui está|com certeza|o código|natuurlijk)(?!\p{L})/iu;

/** Words of which these languages are full and code is not; those that English or code has too are left out. */
const common = new Set(
  'der das den dem ein eine und ist sind wird hier für mit nicht auch auf von zu wie sie diese dieser dieses werden hinweis le la les des du un une et est sont voici pour avec dans que qui ce cette vous nous il elle el los las una es son para con en este esta se lo del al por como aquí no si il gli una per che questo questa del della nel o os um uma é são com em isto este esta do da na het een van voor deze'.split(
    ' ',
  ),
);

/** True for a sentence in another language than English, of which the line holds nothing that is code. */
export function isForeign(plain: string): boolean {
  if (/\p{L}\(/u.test(plain) || !beginsForeign(plain)) return false;
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const others = plain.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  if (others >= 2 && others * 2 > letters) return true;
  const words = plain.split(/[\s/]+/).filter((word) => /\p{L}/u.test(word));
  const simple = words.filter((word) => /^["'(“«¡¿]?\p{L}[\p{Ll}\p{Lu}'’-]*[,.:;!?)"'”»]*$/u.test(word));
  if (simple.length * 4 < words.length * 3) return false;
  if (openers.test(plain)) return words.length >= 2 && /[.:!?…]$/.test(plain);
  const known = words.filter((word) => common.has(word.toLowerCase().replace(/[^\p{L}]/gu, ''))).length;
  return words.length >= 4 && known >= 2 && known * 4 >= words.length;
}

/** True for a line that introduces what follows it, wherever it stands; `begun` if the line may go on. */
export function introducesForeign(plain: string, begun = false): boolean {
  const other = /^["'(“«¡¿]*(?!\p{Script=Latin})\p{L}/u.test(plain);
  if (!begun) return /[:：]$/.test(plain) && (openers.test(plain) || (other && isForeign(plain)));
  const first = /^[¡¿]?([\p{L}]*)/u.exec(plain)?.[1]?.toLowerCase() ?? '';
  const whole = /^[¡¿]?\p{L}*\P{L}/u.test(plain);
  return other || firstWords.some((word) => (whole ? word === first : word.startsWith(first)));
}

/** The words that introductions begin with. */
const firstWords =
  'hier natürlich gerne klar selbstverständlich der voici voilà bien certainement le la aquí claro por el ecco certo certamente il aqui com o natuurlijk'.split(
    ' ',
  );

/** True if a line that begins so may become one. */
export function beginsForeign(start: string): boolean {
  return /^["'(“«¡¿]*(?:\p{Lu}|(?!\p{Script=Latin})\p{L})/u.test(start);
}

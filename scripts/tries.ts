import { sample } from './sample.ts';

/** What to try in the sample workspace, as printed for a person. */
export const thingsToTry = `Three things to try:
  1. In ${sample.file}, on the empty line, type what the catalog does for products:
       ${sample.text.split('\n')[0]}
     Grey text appears as you type. Tab takes it, Esc sends it away, Ctrl+Right takes a word.
  2. Open tools/records.py, go to the end and write read_suppliers after the example of read_customers.
  3. Click Foretype in the status bar: choose a model in the cloud or on this machine, pause, or ask why there was no suggestion.
`;

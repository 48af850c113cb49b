// How the npm package obscenity does on a set: npm install obscenity@0.4.6 && node
// moderation_obscenity.js FILE, with a CSV file of the columns text and is_toxic (Toxic, Not Toxic).
const fs = require("fs");
const {
  RegExpMatcher,
  englishDataset,
  englishRecommendedTransformers,
} = require("obscenity");

function rows(text) {
  const all = [];
  let row = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (c === '"') {
        quoted = false;
      } else {
        cell += c;
      }
    } else if (c === '"') {
      quoted = true;
    } else if (c === ",") {
      row.push(cell);
      cell = "";
    } else if (c === "\n") {
      row.push(cell);
      cell = "";
      if (row.length > 1) all.push(row);
      row = [];
    } else if (c !== "\r") {
      cell += c;
    }
  }
  return all;
}

const matcher = new RegExpMatcher({
  ...englishDataset.build(),
  ...englishRecommendedTransformers,
});
const count = { Toxic: [0, 0], "Not Toxic": [0, 0] };
for (const [text, label] of rows(fs.readFileSync(process.argv[2], "utf8")).slice(1)) {
  count[label][0]++;
  if (matcher.hasMatch(text)) count[label][1]++;
}
for (const [label, [messages, matched]] of Object.entries(count)) {
  console.log(label, messages, "matched", (matched / messages).toFixed(3));
}

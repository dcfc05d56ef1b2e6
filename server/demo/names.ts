/** Names that people in the made county have, and how one name gets written in two ways. */

import type { Chance } from "./random";

interface Tradition {
  share: number;
  female: readonly string[];
  male: readonly string[];
  family: readonly string[];
}

const list = (text: string) => text.split(" ");

const TRADITIONS: readonly Tradition[] = [
  {
    share: 74,
    female: list(
      "Olivia Amelia Isla Ava Emily Sophie Grace Freya Charlotte Evie Poppy Ella Chloe Jessica Lucy Hannah Megan Katie Rebecca Laura Gemma Kelly Stacey Natalie Samantha Donna Tracey Nicola Sharon Julie Karen Susan Linda Christine Margaret Jean Dorothy Joan Maureen Patricia Sheila Brenda Pauline Catherine Elizabeth Helen Sarah Rachel Claire Alison Wendy Lynn Denise Lorraine Dawn Heather Fiona Morag Eilidh Bronwen Carys Siobhan Aoife Niamh Bridget Kathleen Eileen Sandra Jacqueline Michelle Victoria Leanne Zoe Holly Abigail Molly Daisy Phoebe",
    ),
    male: list(
      "Oliver George Harry Noah Jack Leo Arthur Oscar Charlie Thomas Jacob Alfie James William Joshua Daniel Matthew Luke Ryan Jordan Liam Connor Kieran Lewis Callum Craig Darren Lee Wayne Dean Gary Stephen Paul Mark David Andrew Kevin Ian Neil Graham Keith Alan Brian Derek Raymond Kenneth Ronald Dennis Leslie Norman Stanley Albert Ernest Robert John Michael Peter Christopher Anthony Philip Simon Jonathan Nicholas Martin Stuart Duncan Hamish Gareth Rhys Dylan Ieuan Sean Patrick Declan Eoin Shaun Karl Carl Adam Ben Samuel",
    ),
    family: list(
      "Smith Jones Taylor Brown Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Harrison Ward Turner Hill Cooper Morris Moore Clark Baker King Martin Bell Carr Dixon Graham Hodgson Armstrong Robson Charlton Milburn Stephenson Nicholson Richardson Atkinson Simpson Marshall Dawson Foster Gibson Hudson Lowe Metcalfe Nixon Oliver Pearson Porter Reed Rutherford Sanderson Shaw Spence Storey Tait Tulloch Urwin Vickers Watson Younger Ashworth Barraclough Cartwright Dobson Elliott Fairhurst Greenwood Haigh Ibbotson Kershaw Lister Murgatroyd Naylor Ormerod Pickles Ramsden Sutcliffe Thackray Uttley Varley Whitaker MacDonald Campbell Stewart Murray Fraser Ross Griffiths Lloyd Morgan Pritchard O'Brien Murphy Kelly Byrne Walsh O'Connor Gallagher Doherty McCarthy",
    ),
  },
  {
    share: 12,
    female: list(
      "Aisha Fatima Zainab Maryam Khadija Ayesha Nadia Sana Samina Rukhsana Shabnam Parveen Priya Anjali Meera Sunita Kavita Deepa Harpreet Jaspreet Simran Manjit Nasreen Farzana Rahima Shirin",
    ),
    male: list(
      "Mohammed Muhammad Ahmed Ali Hassan Usman Imran Tariq Bilal Yusuf Ibrahim Abdul Rashid Kamran Shahid Naveed Raj Sanjay Amit Vikram Anil Harjit Gurpreet Balwinder Sukhdev Shafiq Rafiq",
    ),
    family: list(
      "Khan Ahmed Hussain Ali Begum Akhtar Mahmood Iqbal Malik Shah Patel Singh Kaur Sharma Gupta Desai Joshi Rahman Miah Chowdhury Uddin Islam Sheikh Qureshi Mirza Bhatti Sandhu Gill Dhillon",
    ),
  },
  {
    share: 6,
    female: list(
      "Anna Maria Katarzyna Agnieszka Magdalena Joanna Ewa Monika Elena Ioana Andreea Gabriela Daniela Svetlana Oksana Iryna Viktoria Kristina Lina Rasa",
    ),
    male: list(
      "Piotr Krzysztof Tomasz Pawel Marcin Michal Jakub Adrian Andrei Mihai Ionut Bogdan Florin Viktor Ivan Dmytro Oleksandr Tomas Jonas Marek",
    ),
    family: list(
      "Nowak Kowalski Wisniewski Wojcik Kaminski Lewandowski Zielinski Szymanski Popescu Ionescu Radu Stan Dumitru Petrov Ivanov Kovalenko Shevchenko Bondarenko Kazlauskas Novak Horvath",
    ),
  },
  {
    share: 6,
    female: list(
      "Blessing Chidinma Ngozi Adaeze Funmilayo Abena Akosua Esther Ruth Comfort Patience Grace Mercy Fatou Mariama Hodan Amina Halima Winnie Thandiwe Shanice Marcia Beverley Yvonne",
    ),
    male: list(
      "Emmanuel Samuel Daniel Joseph Chukwuemeka Oluwaseun Tunde Kwame Kofi Kwabena Abdi Mohamed Yusuf Omar Tendai Tafadzwa Winston Delroy Leroy Errol Clive Desmond",
    ),
    family: list(
      "Okafor Adeyemi Okonkwo Adebayo Eze Balogun Mensah Owusu Boateng Asante Osei Abdi Warsame Farah Moyo Ncube Sibanda Dube Campbell Francis Joseph Grant Bailey Gordon",
    ),
  },
  {
    share: 2,
    female: list(
      "Mei Xiu Ying Li Jing Hui Linh Thuy Maricel Rosalie Yasmin Layla Nour Rania Shirin Roya Zahra Sofia Ines Carla",
    ),
    male: list(
      "Wei Jun Ming Chen Hao Minh Duc Jose Ramon Karim Samir Omar Khaled Reza Amir Farhad Joao Miguel Pedro Luca",
    ),
    family: list(
      "Wong Chan Li Zhang Chen Wang Lam Nguyen Tran Santos Reyes Cruz Haddad Khalil Saleh Rahimi Karimi Silva Ferreira Rossi",
    ),
  },
];

export type Sex = "female" | "male" | "other";

/** A name for somebody. Those recorded as other take theirs from either list. */
export function makeName(chance: Chance, sex: Sex): { given: string; family: string } {
  const tradition = chance.weighted(TRADITIONS, ({ share }) => share);
  const from = sex === "other" ? chance.pick(["female", "male"] as const) : sex;
  return { given: chance.pick(tradition[from]), family: chance.pick(tradition.family) };
}

// Each line: ways to write one name.
const SAME: readonly (readonly string[])[] = [
  list("Catherine Katherine Kathryn Cathy Kate"),
  list("Elizabeth Elisabeth Liz Beth"),
  list("Sarah Sara"),
  list("Rebecca Becky Rebekah"),
  list("Alison Allison"),
  list("Claire Clare"),
  list("Nicola Nikki"),
  list("Jacqueline Jackie"),
  list("Margaret Maggie Peggy"),
  list("Patricia Pat Trish"),
  list("Susan Sue"),
  list("Christine Chris"),
  list("Samantha Sam"),
  list("Victoria Vicky"),
  list("Abigail Abbie"),
  list("Mohammed Muhammad Mohamed Mohammad"),
  list("Ahmed Ahmad"),
  list("Yusuf Yousef"),
  list("Stephen Steven Steve"),
  list("Philip Phillip Phil"),
  list("Robert Rob Bob"),
  list("William Will Bill"),
  list("James Jim Jamie"),
  list("Anthony Antony Tony"),
  list("Michael Mike Mick"),
  list("Jonathan Jon Johnathan"),
  list("Nicholas Nick Nicolas"),
  list("Christopher Chris"),
  list("Matthew Matt"),
  list("Daniel Dan Danny"),
  list("Sean Shaun"),
  list("Graham Graeme"),
  list("Thompson Thomson"),
  list("Clark Clarke"),
  list("Stephenson Stevenson"),
  list("Davies Davis"),
  list("Green Greene"),
  list("Reed Reid"),
  list("Hussain Hussein"),
  list("Rahman Rehman"),
  list("Chowdhury Choudhury"),
  list("Miah Mia"),
  list("MacDonald McDonald"),
  list("O'Brien OBrien"),
  list("O'Connor OConnor"),
];

/** The same name as another worker might type it: a known variant, or a slip of the finger. */
export function misspell(chance: Chance, name: string): string {
  const others = SAME.find((ways) => ways.includes(name))?.filter((way) => way !== name);
  if (others && chance.happens(0.7)) return chance.pick(others);
  if (name.length < 5) return name;
  const at = 1 + chance.below(name.length - 3);
  const [a = "", b = ""] = [name[at], name[at + 1]];
  const head = name.slice(0, at);
  const tail = name.slice(at + 2);
  return chance.pick([head + b + a + tail, head + b + tail, head + a + a + b + tail]);
}

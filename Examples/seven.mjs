export default "seven, imported late";

Console.WriteLine("The distributed application is declared here.");
